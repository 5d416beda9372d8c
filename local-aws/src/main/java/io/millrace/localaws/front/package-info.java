/** The one port: which operation a request calls, what goes wrong with it, and who serves it. */
package io.millrace.localaws.front;
