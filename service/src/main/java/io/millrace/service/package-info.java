/** What every Millrace process has beside its work: its log, its version, its exit code, and how it is stopped. */
package io.millrace.service;
