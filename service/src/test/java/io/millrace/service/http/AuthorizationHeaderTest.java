package io.millrace.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer Se cret", "bearer Se cret", "BEARER   Se cret ", "bEaReR Se cret"})
    void theSchemeIsReadInAnyCase(String header) {
        assertEquals(Optional.of("Se cret"), AuthorizationHeader.credentials(header, "Bearer"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "BearerSecret", "Basic Secret", " Bearer Secret"})
    void anythingElseHasNoCredentials(String header) {
        assertEquals(Optional.empty(), AuthorizationHeader.credentials(header, "Bearer"));
    }

    @Test
    void theCredentialsThemselvesHaveTheirCase() {
        assertTrue(AuthorizationHeader.isSame("Secret", "Secret"));
        assertFalse(AuthorizationHeader.isSame("secret", "Secret"));
    }
}
