/** A JUnit extension that gives a test its own local AWS. */
package io.millrace.localaws.junit;
