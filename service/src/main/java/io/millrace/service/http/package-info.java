/** What Millrace's HTTP servers share, and the small server with a process's state. */
package io.millrace.service.http;
