// SPDX-License-Identifier: MIT
// The batch on one machine: S3, queues, the emulator with the bundled function, and what tests ask of them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Emulator, runtimeCommand } from './emulator.ts';
import {
  type Address,
  CREDENTIALS,
  FUNCTION_CREDENTIALS,
  leftovers,
  type QueueOptions,
  REGION,
  type Server,
  startS3,
  startSqs,
  until,
} from './servers.ts';

const root = join(import.meta.dirname, '..', '..');
/** Tells `npm run invoke` where the parts of `npm run local` are. */
export const STATE = join(root, 'build', 'lambda', 'local.json');
export const INPUT = 'tomare-logs';
export const OUTPUT = 'tomare-results';
/** Named to the function, and not readable by it. */
export const CLOSED = 'tomare-closed';
/** For logs that keep their versions. */
export const VERSIONED = 'tomare-versions';
const RIGHTS = [`Read:${INPUT}`, `Read:${VERSIONED}`, `Write:${OUTPUT}`, `Read:${OUTPUT}`];

export interface StackOptions extends Partial<QueueOptions> {
  map: string;
  /** From so many bytes on a log is handed over to the queue of heavy logs; none: no log is. */
  heavyBytes?: number;
  /** Of the function's thread, in place of the product's own. */
  worker?: string;
  environment?: NodeJS.ProcessEnv;
  /** The emulator within an image, in place of a bundle. */
  image?: { inside: string[]; runtime: string[] };
}

export class Stack {
  /** Of the servers' data and logs; removed at the end. */
  readonly folder: string;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly s3Server: Server;
  private readonly sqsServer: Server;
  /** Below the root, where the code finds its files, as in the image. */
  readonly bundle = join(root, 'build', 'lambda', `bundle-${process.pid}`);
  emulator!: Emulator;
  queue = '';
  heavy = '';
  dead = '';
  environment: NodeJS.ProcessEnv;
  private map = '';
  private handing: NodeJS.ProcessEnv = {};
  private image: StackOptions['image'];

  private constructor(folder: string, s3: Address, sqs: Address) {
    this.folder = folder;
    this.s3Server = s3.server;
    this.sqsServer = sqs.server;
    this.s3 = new S3Client({ endpoint: s3.url, region: REGION, credentials: CREDENTIALS });
    this.sqs = new SQSClient({ endpoint: sqs.url, region: REGION, credentials: CREDENTIALS });
    this.environment = {
      AWS_ACCESS_KEY_ID: FUNCTION_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: FUNCTION_CREDENTIALS.secretAccessKey,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_SQS: sqs.url,
      TOMARE_INPUT_BUCKETS: `${INPUT},${CLOSED}`,
      TOMARE_OUTPUT_BUCKET: OUTPUT,
      TZ: ':UTC', // Lambda's own default, which names no zone
    };
  }

  static async start(options: StackOptions): Promise<Stack> {
    const folder = mkdtempSync(join(tmpdir(), 'tomare-batch-'));
    leftovers.add(folder);
    const queueOptions = { visibilitySeconds: options.visibilitySeconds ?? 360, maxReceives: options.maxReceives ?? 5 };
    const s3 = await startS3(folder, RIGHTS);
    const sqs = await startSqs(folder, queueOptions);
    const stack = new Stack(folder, s3, sqs);
    try {
      await stack.s3Up();
      for (const Bucket of [INPUT, OUTPUT]) await stack.s3.send(new CreateBucketCommand({ Bucket }));
      const url = async (QueueName: string) =>
        (await stack.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
      await until('the queue server', async () => (await url('dead')) !== '');
      stack.queue = await url('logs');
      stack.heavy = await url('heavy');
      stack.dead = await url('dead');
      await stack.startEmulator(options);
    } catch (error) {
      for (const log of ['s3.log', 'sqs.log', 'function.log']) {
        const path = join(folder, log);
        if (existsSync(path)) process.stderr.write(`${log}: ${readFileSync(path, 'utf8').slice(-2000)}\n`);
      }
      await stack.stop();
      throw error;
    }
    return stack;
  }

  s3Up(): Promise<void> {
    return until('the S3 server', async () => Boolean(await this.s3.send(new ListBucketsCommand({}))));
  }

  private async startEmulator(options: StackOptions): Promise<void> {
    this.map = options.map;
    this.image = options.image;
    this.environment = { ...this.environment, TOMARE_DEAD_LETTER_URL: this.dead, ...options.environment };
    const { heavyBytes } = options;
    if (heavyBytes !== undefined) {
      this.handing = { TOMARE_HEAVY_QUEUE_URL: this.heavy, TOMARE_HEAVY_BYTES: String(heavyBytes) };
    }
    if (!this.image) {
      leftovers.add(this.bundle);
      const worker = options.worker ?? 'src/lambda/worker.ts';
      const args = ['tools/bundle.ts', 'function', this.bundle, worker];
      execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    }
    await this.restartEmulator();
  }

  async restartEmulator(): Promise<void> {
    await this.emulator?.stop();
    const log = join(this.folder, 'function.log');
    if (this.image) {
      this.emulator = await Emulator.start(this.image.runtime, log, this.environment, this.image.inside);
      return;
    }
    this.emulator = await this.another(log, this.handing);
  }

  /** Another emulator of the same code; without more in its environment that of the heavy logs' function. */
  another(log: string, more: NodeJS.ProcessEnv = {}): Promise<Emulator> {
    const handler = `${relative(root, this.bundle)}/main.handler`;
    const environment = { ...this.environment, LAMBDA_TASK_ROOT: root, TOMARE_MAP: this.map, ...more };
    return Emulator.start(runtimeCommand(handler), log, environment);
  }

  async put(Key: string, Body: Buffer): Promise<string> {
    return (await this.s3.send(new PutObjectCommand({ Bucket: INPUT, Key, Body }))).ETag ?? '';
  }

  async send(body: unknown, MessageAttributes?: Message['MessageAttributes']): Promise<void> {
    const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queue, MessageBody, MessageAttributes }));
  }

  /** Messages on the queue, those in flight too. */
  async waiting(QueueUrl = this.queue): Promise<number> {
    const { Attributes } = await this.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes ?? {};
    return Number(ApproximateNumberOfMessages ?? 0) + Number(ApproximateNumberOfMessagesNotVisible ?? 0);
  }

  /** Text of every object of the output bucket by its key, unzipped. */
  async outputs(prefix = ''): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let token: string | undefined;
    do {
      const page = await this.s3.send(
        new ListObjectsV2Command({ Bucket: OUTPUT, Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) }),
      );
      for (const { Key = '' } of page.Contents ?? []) {
        const bytes = await this.output(Key);
        found.set(Key, (Key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return found;
  }

  /** The bytes of one stored output. */
  async output(Key: string): Promise<Buffer> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: OUTPUT, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** Takes every letter off the dead-letter queue. */
  async deadLetters(): Promise<Message[]> {
    const letters: Message[] = [];
    while (true) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.dead, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
      );
      if (Messages.length === 0) return letters;
      letters.push(...Messages);
      for (const { ReceiptHandle } of Messages)
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.dead, ReceiptHandle }));
    }
  }

  async stop(): Promise<void> {
    await this.emulator?.stop();
    await this.sqsServer.stop();
    await this.s3Server.stop();
    for (const path of [this.folder, this.bundle]) {
      rmSync(path, { recursive: true, force: true });
      leftovers.delete(path);
    }
  }
}
