/** DynamoDB by Amazon's DynamoDBLocal. */
package io.millrace.localaws.dynamodb;
