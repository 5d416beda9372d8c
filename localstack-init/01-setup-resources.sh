#!/usr/bin/env bash
# Makes Millrace's streams, buckets and the consumer's lease table, once: run again, it changes nothing. LocalStack runs it when it is ready (mount
# this folder at /etc/localstack/init/ready.d); by hand it works against any endpoint:
#   AWS_ENDPOINT_URL=http://localhost:4566 localstack-init/01-setup-resources.sh
set -euo pipefail

STREAMS=${STREAMS_TO_CREATE:-stage01-logs-stream stage01-metrics-stream}
BUCKETS=${BUCKETS_TO_CREATE:-md-raw-logs md-raw-metrics md-raw-apm}
SHARDS=${SHARD_COUNT:-1}
LEASE_TABLE=${APPLICATION_NAME:-millrace-consumer}
# How long dead letters are kept in the bucket.
DEAD_LETTER_DAYS=${DEAD_LETTER_DAYS:-90}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=

if command -v awslocal >/dev/null 2>&1; then
  cloud() { awslocal "$@"; }
elif command -v aws >/dev/null 2>&1; then
  cloud() { aws --endpoint-url "${AWS_ENDPOINT_URL:-http://localhost:4566}" "$@"; }
else
  echo "01-setup-resources.sh: neither awslocal nor aws is on the PATH; install the AWS CLI" >&2
  exit 1
fi

for stream in $STREAMS; do
  if found=$(cloud kinesis describe-stream-summary --stream-name "$stream" 2>&1); then
    echo "stream $stream: there already"
  elif [[ $found == *ResourceNotFoundException* ]]; then
    cloud kinesis create-stream --stream-name "$stream" --shard-count "$SHARDS"
    cloud kinesis wait stream-exists --stream-name "$stream"
    echo "stream $stream: created, $SHARDS shard(s)"
  else
    printf '01-setup-resources.sh: stream %s could not be looked up: %s\n' "$stream" "$found" >&2
    exit 1
  fi
done

for bucket in $BUCKETS; do
  if found=$(cloud s3api head-bucket --bucket "$bucket" 2>&1); then
    echo "bucket $bucket: there already"
  elif [[ $found == *404* ]]; then
    if [ "$AWS_DEFAULT_REGION" = us-east-1 ]; then
      cloud s3api create-bucket --bucket "$bucket" >/dev/null
    else
      cloud s3api create-bucket --bucket "$bucket" \
        --create-bucket-configuration "LocationConstraint=$AWS_DEFAULT_REGION" >/dev/null
    fi
    echo "bucket $bucket: created"
  else
    printf '01-setup-resources.sh: bucket %s could not be looked up: %s\n' "$bucket" "$found" >&2
    exit 1
  fi
done

# A bucket that has rules of its own keeps them.
for bucket in $BUCKETS; do
  if found=$(cloud s3api get-bucket-lifecycle-configuration --bucket "$bucket" 2>&1); then
    echo "bucket $bucket: has lifecycle rules already"
  elif [[ $found == *NoSuchLifecycleConfiguration* ]]; then
    cloud s3api put-bucket-lifecycle-configuration --bucket "$bucket" --lifecycle-configuration '{"Rules": [{"ID": "dead-letters",
      "Status": "Enabled", "Filter": {"Prefix": "_dead-letter/"}, "Expiration": {"Days": '"$DEAD_LETTER_DAYS"'}}]}'
    echo "bucket $bucket: dead letters expire after $DEAD_LETTER_DAYS days"
  elif [[ $found == *NotImplemented* || $found == *"not implemented"* ]]; then
    echo "bucket $bucket: this S3 has no lifecycle rules, so dead letters stay" >&2
  else
    printf '01-setup-resources.sh: lifecycle rules of %s could not be looked up: %s\n' "$bucket" "$found" >&2
    exit 1
  fi
done

# As the consumer makes it where it is missing: KCL's table, with its index from the start.
if found=$(cloud dynamodb describe-table --table-name "$LEASE_TABLE" 2>&1); then
  echo "table $LEASE_TABLE: there already"
elif [[ $found == *ResourceNotFoundException* ]]; then
  cloud dynamodb create-table --table-name "$LEASE_TABLE" --billing-mode PAY_PER_REQUEST \
    --attribute-definitions AttributeName=leaseKey,AttributeType=S AttributeName=leaseOwner,AttributeType=S \
    --key-schema AttributeName=leaseKey,KeyType=HASH \
    --global-secondary-indexes 'IndexName=LeaseOwnerToLeaseKeyIndex,KeySchema=[{AttributeName=leaseOwner,KeyType=HASH},{AttributeName=leaseKey,KeyType=RANGE}],Projection={ProjectionType=KEYS_ONLY}' \
    >/dev/null
  cloud dynamodb wait table-exists --table-name "$LEASE_TABLE"
  echo "table $LEASE_TABLE: created, with its index"
else
  printf '01-setup-resources.sh: table %s could not be looked up: %s\n' "$LEASE_TABLE" "$found" >&2
  exit 1
fi
