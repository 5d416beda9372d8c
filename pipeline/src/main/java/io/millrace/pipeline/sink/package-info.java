/** Objects and their boundary to S3. */
package io.millrace.pipeline.sink;
