/** From an object's bytes to lines of text, within bounds of bytes and time, whatever the object holds. */
package io.millrace.dashboard.lake.content;
