/** What a log event says, read from its JSON text without changing it, and filters on that. */
package io.millrace.dashboard.event;
