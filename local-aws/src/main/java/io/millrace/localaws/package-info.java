package io.millrace.localaws;
