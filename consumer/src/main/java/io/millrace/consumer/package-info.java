package io.millrace.consumer;
