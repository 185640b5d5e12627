// SPDX-License-Identifier: MIT
// What a service of AWS answered, by operation, status and name. Its message is left out: it may quote the key.
import { TomareError } from '../errors.ts';

/** An answer that is no success; other errors of a request too, with status 0. */
export class ServiceFault extends Error {
  readonly operation: string;
  /** Of HTTP; 0 where there was no answer. */
  readonly status: number;

  constructor(operation: string, error: unknown) {
    const {
      name = 'Error',
      code,
      $metadata,
    } = error as { name?: string; code?: unknown; $metadata?: { httpStatusCode?: number } };
    super();
    this.operation = operation;
    this.status = $metadata?.httpStatusCode ?? 0;
    const nameless = ['Error', 'Unknown', 'UnknownError'].includes(name);
    // an answer without a body has no name, an error of a socket has a code
    this.name = !nameless ? name : typeof code === 'string' ? code : this.status > 0 ? `Http${this.status}` : 'Error';
  }
}

/** Names the operation in whatever error its request ends with. @throws ServiceFault */
export function named<T>(operation: string, request: Promise<T>): Promise<T> {
  return request.catch((error) => {
    if (error instanceof TomareError) throw error;
    throw new ServiceFault(operation, error);
  });
}
