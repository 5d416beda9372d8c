/** S3 by s3proxy, on a folder. */
package io.millrace.localaws.s3;
