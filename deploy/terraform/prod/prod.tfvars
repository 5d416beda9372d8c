region           = "us-east-1"
image            = "123456789012.dkr.ecr.us-east-1.amazonaws.com/millrace/consumer@sha256:0000000000000000000000000000000000000000000000000000000000000000"
vpc_id           = "vpc-00000000000000000"
subnet_ids       = ["subnet-00000000000000000", "subnet-11111111111111111"]
monitoring_cidrs = ["10.0.0.0/16"]

# With IAM roles for service accounts: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/..."
oidc_provider_arn = ""

# A week of retention: time to mend whatever stops the consumer.
streams = {
  stage01-logs-stream    = { bucket = "example-prod-raw-logs", shards = 4, retention_hours = 168 }
  stage01-metrics-stream = { bucket = "example-prod-raw-metrics", shards = 1, retention_hours = 168 }
}
