package io.millrace.dashboard.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that looks at one dashboard. Not thread-safe. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;
    private final Path profile;
    private final String base;

    private Browser(ChromeDriver driver, Path profile, String base) {
        this.driver = driver;
        this.profile = profile;
        this.base = base;
    }

    /** Starts a browser with a fresh profile; the test is skipped where this machine has none. */
    static Browser start(int dashboardPort) {
        Optional<Path> chromium = program("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = program("chromedriver");
        String skipped = "SKIPPED: no chromium or chromedriver on the PATH, so the page was not tested in a browser"
                + " (Debian: apt-get install chromium chromium-driver)";
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            System.out.println(skipped);
        }
        assumeTrue(chromium.isPresent() && chromedriver.isPresent(), skipped);
        try {
            Path profile = Files.createTempDirectory("millrace-browser-");
            // The driver's path is given, so Selenium looks for none and downloads none.
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.get().toFile())
                    .usingAnyFreePort()
                    .withSilent(true)
                    .build();
            return new Browser(
                    new ChromeDriver(service, options(chromium.get(), profile)),
                    profile,
                    "http://localhost:" + dashboardPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.setCapability("goog:loggingPrefs", logging);
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "download.default_directory",
                        profile.resolve("downloads").toString()));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--lang=en-GB",
                "--window-size=1280,860",
                "--user-data-dir=" + profile);
        return options;
    }

    private static Optional<Path> program(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Goes to a view, such as {@code lake?bucket=b}, and waits until its data is shown. */
    Browser open(String view) {
        boolean loaded = driver.getCurrentUrl().startsWith(base);
        if (loaded) {
            js("document.querySelector('main > *')?.setAttribute('data-before', '')");
        }
        String url = base + "/#/" + view;
        if (url.equals(driver.getCurrentUrl())) {
            driver.navigate().refresh();
        } else {
            driver.get(url);
        }
        return awaitShown();
    }

    /** Waits until a view that was asked for is there with its data. */
    Browser awaitShown() {
        until("return !!document.querySelector('main > :nth-child(2)') && !document.querySelector('main .skeleton,"
                + " [data-before]')");
        return this;
    }

    Browser reload() {
        driver.navigate().refresh();
        return awaitShown();
    }

    Browser back() {
        driver.navigate().back();
        return this;
    }

    /** Runs a script in the page; {@code arguments} holds what is given. */
    Object js(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until a script returns true. */
    void until(String script, Object... arguments) {
        await(script)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Boolean.TRUE.equals(js(script, arguments)));
    }

    /** The text of the first element that fits, read again if a refresh of the page replaces the element meanwhile. */
    String text(String selector) {
        while (true) { // find has a deadline
            try {
                return find(selector).getText();
            } catch (StaleElementReferenceException e) {
                // Its successor is there, or comes.
            }
        }
    }

    /** What the page shows, without what is hidden. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    void untilText(String part) {
        await("'" + part + "' on the page")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> text().contains(part));
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    void click(String label) {
        driver.findElement(By.xpath(
                        "//button[normalize-space()='" + label + "'] | //a[normalize-space()='" + label + "']"))
                .click();
    }

    void press(CharSequence keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    String address() {
        return driver.getCurrentUrl().substring(base.length());
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Light or dark, as the system would say. */
    void systemTheme(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** The errors and warnings of the console since this was asked last; breaches of the page's policy are among them. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        driver.manage().logs().get(LogType.BROWSER).forEach(entry -> {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                problems.add(entry.getMessage());
            }
        });
        return problems;
    }

    Path downloads() {
        return profile.resolve("downloads");
    }

    ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // The browser may write on for a moment after it was told to end; the folder is a temporary one.
        }
    }
}
