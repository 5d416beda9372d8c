# The consumer's pipeline as a Lambda function, instead of ecs-consumer: nothing to run, but at least once (docs/aws.md).

variable "name" {
  description = "The function's name."
  type        = string
}

variable "jar" {
  description = "lambda-consumer/target/millrace-lambda-consumer.jar, as 'mvn package' leaves it."
  type        = string
}

variable "stream_arn" {
  description = "The stream to read."
  type        = string
}

variable "bucket" {
  description = "The lake's bucket."
  type        = string
}

variable "bucket_arn" {
  description = "Its ARN."
  type        = string
}

variable "environment" {
  description = "Further settings: COMPRESSION, CHUNK_BYTES, SERVICE_FIELD, TIMESTAMP_FIELD, SSE, SSE_KMS_KEY_ID, STORAGE_CLASS, OBJECT_TAGS."
  type        = map(string)
  default     = { COMPRESSION = "zstd" }
}

variable "window_seconds" {
  description = "How long Lambda gathers records before it calls; longer makes fewer, larger objects. 6 MB end it earlier."
  type        = number
  default     = 60
}

variable "memory" {
  description = "Memory in MB; CPU comes with it."
  type        = number
  default     = 1024
}

variable "kms_key_arns" {
  description = "The customer-managed keys of stream and bucket, if any."
  type        = list(string)
  default     = []
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the function's log."
  type        = number
  default     = 30
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "lake"
  role = aws_iam_role.this.id
  policy = templatefile("${path.module}/policy.json.tftpl", {
    stream  = jsonencode(var.stream_arn)
    written = jsonencode(["${var.bucket_arn}/service=*", "${var.bucket_arn}/_dead-letter/*"])
    write   = jsonencode(concat(["s3:PutObject"], lookup(var.environment, "OBJECT_TAGS", "") == "" ? [] : ["s3:PutObjectTagging"]))
    logs    = jsonencode("${aws_cloudwatch_log_group.this.arn}:*")
  })
}

resource "aws_iam_role_policy" "kms" {
  count = length(var.kms_key_arns) == 0 ? 0 : 1

  name = "kms"
  role = aws_iam_role.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "UseKeys"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = var.kms_key_arns
    }]
  })
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  role             = aws_iam_role.this.arn
  runtime          = "java21"
  architectures    = ["arm64"]
  handler          = "io.millrace.lambda.KinesisToS3Handler"
  filename         = var.jar
  source_code_hash = filebase64sha256(var.jar)
  memory_size      = var.memory
  timeout          = 120

  environment {
    variables = merge(var.environment, { TARGET_BUCKET = var.bucket })
  }

  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn                   = var.stream_arn
  function_name                      = aws_lambda_function.this.arn
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = 10000
  maximum_batching_window_in_seconds = var.window_seconds
  function_response_types            = ["ReportBatchItemFailures"]

  # Cut anew, a batch that was half written would be doubled; given up, it would be lost.
  bisect_batch_on_function_error = false
  maximum_retry_attempts         = -1
  maximum_record_age_in_seconds  = -1
  parallelization_factor         = 1
}

resource "aws_cloudwatch_metric_alarm" "behind" {
  alarm_name          = "${var.name}-behind"
  alarm_description   = "The function does not keep up, or fails: see docs/operations.md, Lag."
  namespace           = "AWS/Lambda"
  metric_name         = "IteratorAge"
  dimensions          = { FunctionName = aws_lambda_function.this.function_name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1000 * (5 * 60 + var.window_seconds)
  treat_missing_data  = "notBreaching"
}

output "function_arn" {
  description = "The function."
  value       = aws_lambda_function.this.arn
}
