/** What is counted, logged and shown. */
package io.millrace.consumer.status;
