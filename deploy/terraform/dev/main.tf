# Millrace's dev environment. Its state lies in S3, locked by S3 itself:
#   terraform init -backend-config=bucket=YOUR-STATE-BUCKET
#   terraform apply -var-file=dev.tfvars

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }

  backend "s3" {
    key          = "millrace/dev.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { project = "millrace", environment = "dev" }
  }
}

variable "region" {
  description = "The AWS region."
  type        = string
}

variable "streams" {
  description = "The streams, each with its bucket; buckets' names are unique in the world."
  type = map(object({
    bucket          = string
    shards          = optional(number, 1)
    retention_hours = optional(number, 24)
  }))
}

variable "lambda_jar" {
  description = "The function's jar, as 'mvn package' leaves it."
  type        = string
}

# The least that runs: a function instead of workers. Delivery is at least once.
module "millrace" {
  source = "../modules/stack"

  name       = "millrace-dev"
  consumer   = "lambda"
  streams    = var.streams
  lambda_jar = var.lambda_jar
  disposable = true

  expire_after_days = 14
}

output "tables" {
  description = "The Athena table of each bucket."
  value       = module.millrace.tables
}

output "role_arns" {
  description = "Roles for the processes."
  value       = module.millrace.role_arns
}
