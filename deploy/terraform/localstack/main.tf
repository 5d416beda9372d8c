# What Millrace needs, on LocalStack, Floci or local-aws: streams, buckets, lease tables. State is a file beside this one.
#   terraform init
#   terraform apply -var-file=localstack.tfvars

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }
}

variable "endpoint" {
  description = "Where the stand-in answers."
  type        = string
}

variable "streams" {
  description = "The streams and their shards."
  type        = map(object({ shards = number }))
}

variable "buckets" {
  description = "The lakes' buckets."
  type        = set(string)
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {
    dynamodb = var.endpoint
    kinesis  = var.endpoint
    s3       = var.endpoint
  }
}

module "kinesis" {
  source = "../modules/kinesis"

  streams    = var.streams
  kms_key_id = ""
}

module "leases" {
  source = "../modules/dynamodb-leases"

  application_name = "millrace-consumer"
  protect          = false
}

module "lake" {
  source   = "../modules/s3-raw"
  for_each = var.buckets

  bucket        = each.key
  force_destroy = true
}

output "stream_arns" {
  description = "The streams' ARNs."
  value       = module.kinesis.arns
}
