/** Small helpers without knowledge of AWS or HTTP. */
package io.millrace.dashboard.util;
