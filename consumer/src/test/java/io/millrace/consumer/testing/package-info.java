/** Starts consumers as processes of their own, for tests of this module and for the chaos programs. */
package io.millrace.consumer.testing;
