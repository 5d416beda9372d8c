/** The HTTP side: routes, one shape for all errors, and what keeps strangers out. */
package io.millrace.dashboard.http;
