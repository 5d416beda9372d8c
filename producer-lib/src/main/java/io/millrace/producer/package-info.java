package io.millrace.producer;
