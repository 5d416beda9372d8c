/** The in-JVM stand-in for Kinesis, DynamoDB and S3 on one loopback port. */
package io.millrace.localaws;
