/** GetRecords' answers, decoded by code of our own instead of the SDK's. */
package io.millrace.consumer.decode;
