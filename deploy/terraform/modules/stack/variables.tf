variable "name" {
  description = "What everything's names begin with; also the consumer's APPLICATION_NAME, after which its tables are named."
  type        = string
}

variable "streams" {
  description = "The streams, each with the bucket of its lake. shards = 0: on demand."
  type = map(object({
    bucket          = string
    shards          = optional(number, 1)
    retention_hours = optional(number, 24)
  }))
}

variable "consumer" {
  description = "What carries events to S3: ecs (exactly once), or lambda (at least once, nothing to run)."
  type        = string
  default     = "ecs"

  validation {
    condition     = contains(["ecs", "lambda"], var.consumer)
    error_message = "consumer is ecs or lambda."
  }
}

variable "lambda_jar" {
  description = "With consumer = lambda: lambda-consumer/target/millrace-lambda-consumer.jar."
  type        = string
  default     = ""
}

variable "image" {
  description = "With consumer = ecs: the consumer's image."
  type        = string
  default     = ""
}

variable "vpc_id" {
  description = "With consumer = ecs: the VPC of the workers."
  type        = string
  default     = ""
}

variable "subnet_ids" {
  description = "With consumer = ecs: private subnets with a way to Kinesis, DynamoDB, S3, CloudWatch Logs and the image's registry."
  type        = list(string)
  default     = []
}

variable "monitoring_cidrs" {
  description = "Who may read the workers' /metrics and /status on 8011: the dashboard's and Prometheus's subnets."
  type        = list(string)
  default     = []
}

variable "settings" {
  description = "Settings of the consumer, by their names in the README, for example COMPRESSION and FLUSH_INTERVAL."
  type        = map(string)
  default     = { COMPRESSION = "zstd" }
}

variable "steady_workers" {
  description = "Workers that always run."
  type        = number
  default     = 2
}

variable "burst_workers" {
  description = "Workers that are added while the stream is behind."
  type        = number
  default     = 2
}

variable "cpu" {
  description = "Fargate CPU units of a worker."
  type        = number
  default     = 512
}

variable "memory" {
  description = "Memory of a worker in MiB."
  type        = number
  default     = 1024
}

variable "kms_key_arn" {
  description = "A customer-managed key for streams, buckets and tables; empty: AWS's own keys."
  type        = string
  default     = ""
}

variable "services" {
  description = "All services' names for Athena; empty: every query names its service."
  type        = list(string)
  default     = []
}

variable "archive_after_days" {
  description = "After how many days events move to Glacier Instant Retrieval; 0: never."
  type        = number
  default     = 0
}

variable "expire_after_days" {
  description = "After how many days events are deleted; 0: never. Longer than the streams' retention and an hour."
  type        = number
  default     = 0
}

variable "disposable" {
  description = "Whether all of it, data included, may be destroyed."
  type        = bool
  default     = false
}

variable "trusted_services" {
  description = "The AWS services whose processes may take on the roles; pods.eks.amazonaws.com for EKS."
  type        = list(string)
  default     = ["ecs-tasks.amazonaws.com"]
}

variable "oidc_provider_arn" {
  description = "The IAM OIDC provider of an EKS cluster whose service accounts may take on the roles (IRSA); empty: none. EKS Pod Identity needs none."
  type        = string
  default     = ""
}

variable "kubernetes_namespace" {
  description = "With oidc_provider_arn: the namespace of deploy/kubernetes."
  type        = string
  default     = "millrace"
}
