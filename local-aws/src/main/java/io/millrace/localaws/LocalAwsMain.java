package io.millrace.localaws;

/** The process's entry point. */
public final class LocalAwsMain {

    private LocalAwsMain() {}

    public static void main(String[] args) {}
}
