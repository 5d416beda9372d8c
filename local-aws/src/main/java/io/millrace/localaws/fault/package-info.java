/** Faults on demand: what a test wants to go wrong, and when. */
package io.millrace.localaws.fault;
