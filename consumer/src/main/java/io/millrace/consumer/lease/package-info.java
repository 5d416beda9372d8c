/** Everything that must stand before KCL's scheduler starts, and how it is tuned: streams, the lease table, leases. */
package io.millrace.consumer.lease;
