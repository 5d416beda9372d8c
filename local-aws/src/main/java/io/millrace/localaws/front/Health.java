package io.millrace.localaws.front;

import io.millrace.service.Version;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code GET /_localstack/health}, shaped and spaced as LocalStack's own, because scripts grep it. As there, a service
 * is {@code available} until its first call and {@code running} from then on.
 */
final class Health {

    static final String PATH = "/_localstack/health";

    /** Thread-safe. */
    private final Set<AwsService> called = ConcurrentHashMap.newKeySet();

    void called(AwsService service) {
        called.add(service);
    }

    String json() {
        String version = Version.of(Health.class);
        StringBuilder services = new StringBuilder();
        for (AwsService service : AwsService.values()) {
            services.append(services.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(service.id())
                    .append("\": \"")
                    .append(called.contains(service) ? "running" : "available")
                    .append('"');
        }
        return "{\"services\": {" + services + "}, \"edition\": \"millrace\", \"version\": \"" + version + "\"}";
    }
}
