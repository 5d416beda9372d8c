package io.millrace.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class AwsAccessTest {

    private static final URI STAND_IN = URI.create("http://localhost:4566");
    private static final URI VPC = URI.create("https://vpce-1-2.kinesis.eu-central-1.vpce.amazonaws.com");

    private static AwsAccess access(Optional<URI> endpoint, Map<String, String> environment) {
        return AwsAccess.of(endpoint, Optional.of("eu-central-1"), environment);
    }

    private static Optional<URI> endpointOf(AwsAccess access) {
        try (KinesisAsyncClient client = access.configure(KinesisAsyncClient.builder(), AwsService.KINESIS)
                .build()) {
            return client.serviceClientConfiguration().endpointOverride();
        }
    }

    @Test
    void anEndpointHoldsForEveryClient() {
        assertEquals(Optional.of(STAND_IN), endpointOf(access(Optional.of(STAND_IN), Map.of())));
        assertEquals(Optional.empty(), endpointOf(access(Optional.empty(), Map.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyVariableMeansAws(String value) {
        AwsAccess access = access(Optional.empty(), Map.of("AWS_ENDPOINT_URL", value));
        assertEquals(Optional.of(URI.create("https://kinesis.eu-central-1.amazonaws.com")), endpointOf(access));
        try (DynamoDbAsyncClient dynamo = access.configure(DynamoDbAsyncClient.builder(), AwsService.DYNAMODB)
                        .build();
                CloudWatchAsyncClient cloudWatch = access.configure(
                                CloudWatchAsyncClient.builder(), AwsService.CLOUDWATCH)
                        .build();
                S3AsyncClient s3 = access.configureS3(S3AsyncClient.builder()).build()) {
            assertEquals(
                    Optional.of(URI.create("https://dynamodb.eu-central-1.amazonaws.com")),
                    dynamo.serviceClientConfiguration().endpointOverride());
            assertEquals(
                    Optional.of(URI.create("https://monitoring.eu-central-1.amazonaws.com")),
                    cloudWatch.serviceClientConfiguration().endpointOverride());
            assertEquals(
                    Optional.of(URI.create("https://s3.eu-central-1.amazonaws.com")),
                    s3.serviceClientConfiguration().endpointOverride());
        }
    }

    @Test
    void aServicesOwnVariableIsLeftToTheSdk() {
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL", "", "AWS_ENDPOINT_URL_KINESIS", "http://localhost:1");
        assertEquals(Optional.empty(), endpointOf(access(Optional.empty(), environment)));
    }

    @Test
    void theRegionThatIsSetWins() {
        assertEquals(
                Region.EU_CENTRAL_1, access(Optional.of(STAND_IN), Map.of()).region());
    }

    @Test
    void aStandInHasItsOwnCredentialsAndAwsTheSdksSearch() {
        assertFalse(credentials(STAND_IN).contains(DefaultCredentialsProvider.class.getSimpleName()));
        assertEquals(true, credentials(VPC).contains(DefaultCredentialsProvider.class.getSimpleName()));
    }

    private static String credentials(URI endpoint) {
        try (KinesisAsyncClient client = access(Optional.of(endpoint), Map.of())
                .configure(KinesisAsyncClient.builder(), AwsService.KINESIS)
                .build()) {
            return client.serviceClientConfiguration().credentialsProvider().toString();
        }
    }
}
