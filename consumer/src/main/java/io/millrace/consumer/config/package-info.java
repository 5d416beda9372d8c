/** What the consumer is told by its user: the settings, and the configuration that they make. */
package io.millrace.consumer.config;
