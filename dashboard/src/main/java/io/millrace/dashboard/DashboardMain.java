package io.millrace.dashboard;

/** The process's entry point. */
public final class DashboardMain {

    private DashboardMain() {}

    public static void main(String[] args) {}
}
