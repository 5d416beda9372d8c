# terraform test, without an account.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/f" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:us-east-1:123456789012:function:f" }
  }
}

variables {
  name       = "f"
  jar        = "tests/rights.tftest.hcl"
  stream_arn = "arn:aws:kinesis:us-east-1:123456789012:stream/logs"
  bucket     = "lake"
  bucket_arn = "arn:aws:s3:::lake"
}

run "the_least" {
  assert {
    condition     = jsondecode(aws_iam_role_policy.this.policy).Statement[1].Action == ["s3:PutObject"]
    error_message = "The function writes objects, and that is all."
  }
}

run "object_tags" {
  variables {
    environment = { OBJECT_TAGS = "team=logs" }
  }

  assert {
    condition     = contains(jsondecode(aws_iam_role_policy.this.policy).Statement[1].Action, "s3:PutObjectTagging")
    error_message = "S3 refuses an object with tags without s3:PutObjectTagging."
  }
}
