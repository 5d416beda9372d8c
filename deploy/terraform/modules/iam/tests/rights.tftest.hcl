# What depends on how the processes are set up: terraform test, without an account.
mock_provider "aws" {}

variables {
  name             = "millrace"
  stream_arns      = ["arn:aws:kinesis:us-east-1:123456789012:stream/logs"]
  bucket_arns      = ["arn:aws:s3:::lake"]
  lease_table_arn  = "arn:aws:dynamodb:us-east-1:123456789012:table/millrace-leases"
  lease_table_arns = ["arn:aws:dynamodb:us-east-1:123456789012:table/millrace-leases"]
}

run "the_least" {
  command = plan

  assert {
    condition     = toset(keys(aws_iam_role_policy.this)) == toset(["consumer/consumer", "ingestion/producer", "dashboard/dashboard", "redrive/redrive"])
    error_message = "There are rights that nothing asked for."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.this : length(jsondecode(role.assume_role_policy).Statement) == 1])
    error_message = "Without an OIDC provider nobody else may take on the roles."
  }
}

run "object_tags" {
  command = plan

  variables {
    object_tags = true
  }

  assert {
    condition = (
      jsondecode(aws_iam_role_policy.this["consumer/consumer-tags"].policy).Statement[0].Action == "s3:PutObjectTagging" &&
      jsondecode(aws_iam_role_policy.this["consumer/consumer-tags"].policy).Statement[0].Resource == ["arn:aws:s3:::lake/service=*", "arn:aws:s3:::lake/_dead-letter/*"]
    )
    error_message = "S3 refuses an object with tags without s3:PutObjectTagging."
  }
}

run "cloudwatch_metrics" {
  command = plan

  variables {
    cloudwatch_metrics = true
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.this["consumer/consumer-metrics"].policy).Statement[0].Condition.StringEquals["cloudwatch:namespace"] == "millrace"
    error_message = "KCL's metrics have the application's name as their namespace."
  }
}

run "service_accounts" {
  command = plan

  variables {
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF"
  }

  assert {
    condition     = jsondecode(aws_iam_role.this["ingestion"].assume_role_policy).Statement[1].Condition.StringEquals["oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF:sub"] == "system:serviceaccount:millrace:ingestion-interface"
    error_message = "The ingestion interface's service account may take on its role, and no other."
  }

  assert {
    condition     = length(jsondecode(aws_iam_role.this["redrive"].assume_role_policy).Statement) == 1
    error_message = "No service account redrives."
  }
}
