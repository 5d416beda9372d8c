/** Everything that KCL calls or is given; nothing else in Millrace knows it. */
package io.millrace.consumer.kcl;
