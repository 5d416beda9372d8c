package io.millrace.dashboard;
