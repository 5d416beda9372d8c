/** Puts dead letters back on their stream. */
package io.millrace.consumer.redrive;
