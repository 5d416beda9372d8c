/**
 * The dashboard: a read-only window on the streams, the lake and the consumer's lag.
 *
 * <p>A request goes {@code http} → {@code stream}, {@code lake} or {@code consumer} → AWS or the consumer's HTTP status.
 * {@link io.millrace.dashboard.Dashboard} is the one place where all parts are put together.
 */
package io.millrace.dashboard;
