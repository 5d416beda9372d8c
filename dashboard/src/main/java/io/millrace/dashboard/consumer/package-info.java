/** The consumers as their status servers tell of them, merged; and the recent past of what they told. */
package io.millrace.dashboard.consumer;
