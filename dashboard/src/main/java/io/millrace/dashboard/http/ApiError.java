package io.millrace.dashboard.http;

/**
 * The one shape of every error answer.
 *
 * @param error a stable word for programs
 * @param message what failed, with which value
 * @param hint what to do about it; may be empty
 */
public record ApiError(String error, String message, String hint) {}
