#!/usr/bin/env bash
# Runs a command with the stand-ins for AWS in place: tools/batch.sh COMMAND…
set -euo pipefail
"$(dirname "$0")/batch_setup.sh"
export AWS_DEFAULT_REGION=ap-northeast-1 SAM_CLI_TELEMETRY=0 AWS_EC2_METADATA_DISABLED=true
exec "$@"
