/**
 * Consumers as real processes under load, killed, frozen, resharded under and cut off, and then asked for every event
 * exactly once; and the measurements that need the same parts. {@code docs/exactly-once.md} says how to run them.
 */
package io.millrace.chaos;
