package io.millrace.consumer;

/** The process's entry point. */
public final class ConsumerMain {

    private ConsumerMain() {}

    public static void main(String[] args) {}
}
