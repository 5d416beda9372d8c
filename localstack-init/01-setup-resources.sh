#!/usr/bin/env bash
# Makes Millrace's streams, buckets and the consumer's lease table, once: run again, it changes nothing. LocalStack runs it when
# it is ready (mount this folder at /etc/localstack/init/ready.d); by hand it works against any stand-in for AWS:
#   AWS_ENDPOINT_URL=http://localhost:4566 localstack-init/01-setup-resources.sh
# It makes what Millrace uses by default, and what STREAM_NAME, KINESIS_STREAM_NAME, TARGET_BUCKET, STREAMS and APPLICATION_NAME
# name beside that, streams of SHARD_COUNT shards. For AWS itself there is deploy/terraform.
set -euo pipefail

streams="${STREAMS_TO_CREATE:-stage01-logs-stream stage01-metrics-stream} ${STREAM_NAME:-} ${KINESIS_STREAM_NAME:-}"
buckets="${BUCKETS_TO_CREATE:-md-raw-logs md-raw-metrics md-raw-apm} ${TARGET_BUCKET:-}"
pairs=${STREAMS:-}
for pair in ${pairs//,/ }; do
  streams+=" ${pair%%:*}"
  buckets+=" ${pair##*:}"
done
SHARDS=${SHARD_COUNT:-1}
LEASE_TABLE=${APPLICATION_NAME:-millrace-consumer}-leases
# How long dead letters are kept in the bucket.
DEAD_LETTER_DAYS=${DEAD_LETTER_DAYS:-90}

# Never the account or the region of the shell: these go to a stand-in, where all of Millrace uses this region.
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_REGION
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=

if command -v awslocal >/dev/null 2>&1; then
  cloud() { awslocal "$@"; }
elif command -v aws >/dev/null 2>&1; then
  cloud() { aws --endpoint-url "${AWS_ENDPOINT_URL:-http://localhost:4566}" "$@"; }
else
  echo "01-setup-resources.sh: neither awslocal nor aws is on the PATH; install the AWS CLI" >&2
  exit 1
fi

fail() {
  printf '01-setup-resources.sh: %s\n' "$1" >&2
  exit 1
}

# Makes something; that another was faster, as a consumer that starts beside this, is no failure.
create() { # WHAT COMMAND...
  local what=$1 said
  shift
  said=$(cloud "$@" 2>&1) || [[ $said == *ResourceInUseException* || $said == *BucketAlreadyOwnedByYou* ]] ||
    fail "$what cannot be made: $said"
}

once() {
  tr -s ' ' '\n' <<<"$1" | sed '/^$/d' | awk '!seen[$0]++'
}

for stream in $(once "$streams"); do
  # KINESIS_STREAM_NAME may be an ARN.
  stream=${stream##*/}
  if found=$(cloud kinesis describe-stream-summary --stream-name "$stream" 2>&1); then
    echo "stream $stream: there already"
  elif [[ $found == *ResourceNotFoundException* ]]; then
    create "stream $stream" kinesis create-stream --stream-name "$stream" --shard-count "$SHARDS"
    cloud kinesis wait stream-exists --stream-name "$stream"
    echo "stream $stream: created, $SHARDS shard(s)"
  else
    fail "stream $stream could not be looked up: $found"
  fi
done

for bucket in $(once "$buckets"); do
  if found=$(cloud s3api head-bucket --bucket "$bucket" 2>&1); then
    echo "bucket $bucket: there already"
  elif [[ $found == *404* ]]; then
    create "bucket $bucket" s3api create-bucket --bucket "$bucket"
    echo "bucket $bucket: created"
  else
    fail "bucket $bucket could not be looked up: $found"
  fi
done

# A bucket that has rules of its own keeps them.
for bucket in $(once "$buckets"); do
  if found=$(cloud s3api get-bucket-lifecycle-configuration --bucket "$bucket" 2>&1); then
    echo "bucket $bucket: has lifecycle rules already"
  elif [[ $found == *NoSuchLifecycleConfiguration* ]]; then
    cloud s3api put-bucket-lifecycle-configuration --bucket "$bucket" --lifecycle-configuration '{"Rules": [{"ID": "dead-letters",
      "Status": "Enabled", "Filter": {"Prefix": "_dead-letter/"}, "Expiration": {"Days": '"$DEAD_LETTER_DAYS"'}}]}' >/dev/null
    echo "bucket $bucket: dead letters expire after $DEAD_LETTER_DAYS days"
  elif [[ $found == *NotImplemented* || $found == *"not implemented"* ]]; then
    echo "bucket $bucket: this S3 has no lifecycle rules, so dead letters stay" >&2
  else
    fail "lifecycle rules of $bucket could not be looked up: $found"
  fi
done

# As the consumer makes it where it is missing: KCL's table, with its index from the start.
if found=$(cloud dynamodb describe-table --table-name "$LEASE_TABLE" 2>&1); then
  echo "table $LEASE_TABLE: there already"
elif [[ $found == *ResourceNotFoundException* ]]; then
  create "table $LEASE_TABLE" dynamodb create-table --table-name "$LEASE_TABLE" --billing-mode PAY_PER_REQUEST \
    --attribute-definitions AttributeName=leaseKey,AttributeType=S AttributeName=leaseOwner,AttributeType=S \
    --key-schema AttributeName=leaseKey,KeyType=HASH \
    --global-secondary-indexes 'IndexName=LeaseOwnerToLeaseKeyIndex,KeySchema=[{AttributeName=leaseOwner,KeyType=HASH},{AttributeName=leaseKey,KeyType=RANGE}],Projection={ProjectionType=KEYS_ONLY}'
  cloud dynamodb wait table-exists --table-name "$LEASE_TABLE"
  echo "table $LEASE_TABLE: created, with its index"
else
  fail "table $LEASE_TABLE could not be looked up: $found"
fi
