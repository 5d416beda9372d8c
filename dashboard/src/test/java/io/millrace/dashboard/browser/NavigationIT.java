package io.millrace.dashboard.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.testing.SampleData;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Moving about: keys, addresses, switches, refreshing, and what is shown where there is nothing. */
class NavigationIT {

    private static final String FULL_DAY = "&from=" + SampleData.DAY;

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static Page page;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Page.fill(aws);
        page = Page.open(aws);
        browser = page.browser();
    }

    @AfterAll
    static void stop() {
        if (page != null) {
            page.close();
        }
    }

    @BeforeEach
    void overview() {
        browser.open("overview");
    }

    @Test
    void keysLeadToTheViewsAndToTheSheet() {
        String[] views = {"overview", "streams", "lake", "partitions", "logs", "dead-letters"};
        for (int i = views.length; i > 0; i--) {
            browser.press(String.valueOf(i));
            browser.until("return location.hash === '#/' + arguments[0]", views[i - 1]);
            browser.until(
                    "return document.querySelector('#nav [aria-current]').dataset.view === arguments[0]", views[i - 1]);
        }
        browser.press("?");
        assertTrue(browser.text("dialog[open]").contains("pause or go on with the live tail"));
        browser.press(Keys.ESCAPE);
        browser.until("return !document.querySelector('dialog[open]')");

        browser.open("logs");
        browser.press("/");
        browser.until("return document.activeElement.id === 'logs-q'");
        browser.press("d?3");
        assertEquals("d?3", browser.find("#logs-q").getDomProperty("value"));
        assertEquals("/#/logs", browser.address());
    }

    @Test
    void theAddressHoldsTheViewsState() {
        browser.open("logs?service=payments&run=1&level=ERROR" + FULL_DAY);
        browser.find("#logs-q").sendKeys("timeout" + Keys.ENTER);
        browser.until("return location.hash.includes('q=timeout')");
        browser.awaitShown();
        String address = browser.address();
        String found = browser.text(".card.grow [role=status]");
        assertTrue(address.contains("service=payments") && address.contains("level=ERROR"), address);
        assertFalse(found.startsWith("0 events"), found);

        browser.reload();

        assertEquals(address, browser.address());
        assertEquals("timeout", browser.find("#logs-q").getDomProperty("value"));
        browser.untilText(found.substring(0, found.indexOf(" events")));
        browser.back();
        browser.until("return !location.hash.includes('q=timeout')");
        browser.until("return document.getElementById('logs-q')?.value === ''");
    }

    @Test
    void theThemeIsTheSystemsUntilItIsSwitched() {
        browser.systemTheme("dark");
        String dark = background();
        browser.systemTheme("light");
        String light = background();
        browser.press("d");

        assertEquals("Dark", browser.text("#theme"));
        assertEquals(dark, background());
        browser.reload();
        assertEquals(dark, background());
        browser.press("d");
        browser.systemTheme("dark");
        assertEquals(light, background());
        browser.press("d");
        assertEquals("System", browser.text("#theme"));
        assertEquals(dark, background());
        browser.systemTheme("light");
    }

    private static String background() {
        return (String) browser.js("return getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void allTimesAreInUtcOrAllInLocalTime() {
        browser.driver().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Kathmandu"));
        browser.open("logs?service=payments&run=1" + FULL_DAY);
        String utc = browser.text(".row .when");
        browser.press("u");

        browser.until(
                "return ![arguments[0], undefined].includes(document.querySelector('.row .when')?.textContent)", utc);
        assertEquals("Local", browser.text("#zone"));
        browser.open("streams");
        String local = browser.text("tbody td:last-child");
        browser.press("u");
        browser.until(
                "return ![arguments[0], undefined].includes(document.querySelector('tbody"
                        + " td:last-child')?.textContent)",
                local);
        assertEquals("UTC", browser.text("#zone"));
    }

    @Test
    void nothingYetNothingThatFitsAndNotReadableLookDifferent() {
        browser.open("lake?bucket=" + SampleData.EMPTY_BUCKET);
        assertTrue(browser.text(".empty.none").contains("holds no objects"));
        browser.open("logs?run=1&service=payments&q=no-event-says-this" + FULL_DAY);
        assertTrue(browser.text(".empty.nomatch").contains("No event in this range fits"));
        browser.open("lake?bucket=no-such-bucket");
        assertTrue(browser.text(".empty.failed").contains("no-such-bucket"));
    }

    @Test
    void oneServiceAwayLeavesTheRestAndKeepsWhatWasSeen() {
        browser.open("streams");
        aws.faults().add(Fault.serverError("kinesis:*", 503));
        browser.until("document.getElementById('refresh').click(); return !document.getElementById('problem').hidden");

        assertTrue(browser.text("#problem").startsWith("What you see is old"));
        assertTrue(browser.text("table").contains(SampleData.STREAM));
        assertTrue(browser.text("#updated").matches("updated .* ago"));
        browser.open("overview");
        browser.untilText("away");
        assertTrue(browser.text("a.fact[href='#/partitions']").matches("(?s)Objects\\s+\\d+"), browser.text());
        browser.open("lake");
        assertTrue(browser.text().contains(SampleData.BUCKET));

        aws.faults().clear();
        browser.open("streams");
        browser.until("document.getElementById('refresh').click(); return !!document.querySelector('table')");
    }

    @Test
    void aViewRefreshesByItselfAndShowsBonesOnlyBeforeItsFirstData() {
        browser.js("window.bones = 0; new MutationObserver(() => { bones +="
                + " document.querySelectorAll('.skeleton').length; }).observe(document.querySelector('main'), {"
                + " childList: true, subtree: true })");
        browser.js("document.querySelector('.headline').dataset.old = 'yes'");
        browser.until("return !document.querySelector('[data-old]')");
        assertEquals(0L, browser.js("return bones"));
        browser.press("2");
        browser.until("return bones > 0");
    }
}
