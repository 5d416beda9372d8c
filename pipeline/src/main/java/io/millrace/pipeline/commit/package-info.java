/** The two-phase commit and its boundary to the lease. */
package io.millrace.pipeline.commit;
