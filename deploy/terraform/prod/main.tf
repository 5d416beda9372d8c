# Millrace's prod environment. Its state lies in S3, locked by S3 itself:
#   terraform init -backend-config=bucket=YOUR-STATE-BUCKET
#   terraform apply -var-file=prod.tfvars

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }

  backend "s3" {
    key          = "millrace/prod.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { project = "millrace", environment = "prod" }
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

variable "image" {
  description = "The consumer's image, by digest."
  type        = string
}

variable "vpc_id" {
  description = "The VPC of the workers."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two availability zones."
  type        = list(string)
}

variable "monitoring_cidrs" {
  description = "Where Prometheus and the dashboard are."
  type        = list(string)
}

variable "oidc_provider_arn" {
  description = "For deploy/kubernetes with IAM roles for service accounts: the cluster's OIDC provider. Empty: ECS, or EKS Pod Identity."
  type        = string
}

resource "aws_kms_key" "this" {
  description             = "Millrace: streams, lakes, leases"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

module "millrace" {
  source = "../modules/stack"

  name             = "millrace"
  streams          = var.streams
  image            = var.image
  vpc_id           = var.vpc_id
  subnet_ids       = var.subnet_ids
  monitoring_cidrs = var.monitoring_cidrs
  kms_key_arn      = aws_kms_key.this.arn
  trusted_services = ["ecs-tasks.amazonaws.com", "pods.eks.amazonaws.com"]

  oidc_provider_arn = var.oidc_provider_arn

  settings = {
    COMPRESSION      = "zstd"
    FLUSH_INTERVAL   = "60"
    FLUSH_BYTES      = "64M"
    MAX_BUFFER_BYTES = "256M"
  }

  cpu            = 1024
  memory         = 2048
  steady_workers = 2
  burst_workers  = 4

  archive_after_days = 90
}

output "tables" {
  description = "The Athena table of each bucket."
  value       = module.millrace.tables
}

output "role_arns" {
  description = "Roles for the processes."
  value       = module.millrace.role_arns
}

output "workers" {
  description = "The consumer's services."
  value       = module.millrace.workers
}
