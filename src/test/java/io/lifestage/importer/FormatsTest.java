package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes of public data, in rows made for the test. */
class FormatsTest {
  @TempDir private Path folder;
  private Imports imports;

  @BeforeEach
  void newImport() {
    imports = new Imports(folder);
  }

  @Test
  void onlineRetailHasOrdersCancellationsGuestsAndAdjustments() throws IOException {
    Summary summary =
        format(
            "online-retail",
            """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            1,A,"CUP, RED",6,2011-07-01 08:26:00,2.55,17850.0,United Kingdom
            1,B,SAUCER,2,2011-07-01 08:27:00,0.001,17850.0,United Kingdom
            C2,A,"CUP, RED",-1,2011-07-02 08:26:00,2.55,17850.0,United Kingdom
            3,A,,1,2011-07-03 08:26:00,5,,France
            4,A,damaged,-10,2011-07-04 08:26:00,0.0,,United Kingdom
            A5,B,Adjust bad debt,1,2011-07-05 08:26:00,-11062.06,,United Kingdom
            """);

    assertThat(imports.events)
        .extracting(Event::type)
        .containsExactly(
            "order_placed", "order_paid", "order_cancelled", "order_placed", "order_paid");
    assertThat(imports.events)
        .extracting(Event::customer)
        .containsExactly("17850", "17850", "17850", "anonymous:guest:3", "anonymous:guest:3");
    assertThat(imports.events.get(0).value()).isEqualTo(new Money(1530, "GBP"));
    assertThat(imports.events.get(0).at()).as("in British summer").isEqualTo(1309505160000L);
    assertThat(imports.events.get(2).value()).isEqualTo(new Money(255, "GBP"));
    assertThat(summary.leftOut().values()).containsExactly(1L, 1L);
    assertThat(summary.badRows()).isZero();
  }

  @Test
  void onlineRetailIsKnownByItsOtherColumnsAndDatesToo() throws IOException {
    format(
        "online-retail",
        """
        Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country
        1,A,CUP,6,12/1/2010 8:26,2.55,17850,United Kingdom
        """);

    assertThat(imports.events).extracting(Event::customer).containsOnly("17850");
    assertThat(imports.events.get(0).at()).isEqualTo(1291191960000L);
  }

  @Test
  void rees46HasViewsCartsAndOnePurchaseForEachSession() throws IOException {
    format(
        "rees46",
        """
        event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session
        2019-10-01 00:00:00 UTC,view,1,9,,shiseido,35.79,7,s1
        2019-10-01 00:00:01 UTC,cart,1,9,a.b,shiseido,35.79,7,s1
        2019-10-01 00:00:02 UTC,remove_from_cart,1,9,a.b,shiseido,35.79,7,s1
        2019-10-01 00:00:03 UTC,purchase,1,9,a.b,shiseido,35.79,7,s1
        2019-10-01 00:00:04 UTC,purchase,2,9,a.b,shiseido,4.21,7,s1
        """
            .replace("\n", "\r\n"));

    assertThat(imports.events)
        .extracting(Event::type)
        .containsExactly(
            "product_viewed", "product_added", "product_removed", "order_placed", "order_paid");
    assertThat(imports.events.get(0).get("category")).isEqualTo("category-9");
    Event order = imports.events.get(3);
    assertThat(order.lines()).containsExactly(new Line("1", 1, 3579), new Line("2", 1, 421));
    assertThat(order.value()).isEqualTo(new Money(4000, "USD"));
    assertThat(order.get("cart_id")).isEqualTo(imports.events.get(1).get("cart_id"));
  }

  @Test
  void retailRocketHasVisitorsWithoutNames() throws IOException {
    file(
        "retailrocket",
        """
        timestamp,visitorid,event,itemid,transactionid
        1433221332117,257597,view,355908,
        1433224214164,257597,addtocart,355908,
        1433222276276,257597,transaction,355908,4000
        1433222276276,257597,transaction,100,4000
        """);

    assertThat(imports.events)
        .extracting(Event::type)
        .containsExactly("product_viewed", "order_placed", "order_paid", "product_added");
    assertThat(imports.events).extracting(Event::customer).containsOnly("anonymous:257597");
    assertThat(imports.events.get(1).lines()).hasSize(2);
  }

  @Test
  void aBakerysSaleIsAnOrderWithoutWhatWasNothing() throws IOException {
    file(
        "bakery",
        """
        Date,Time,Transaction,Item
        2016-10-30,10:07:57,3,Hot chocolate
        2016-10-30,10:07:57,3,Jam
        2016-10-30,10:27:21,11,NONE
        """);

    assertThat(imports.events)
        .extracting(Event::type)
        .containsExactly("order_placed", "order_paid");
    assertThat(imports.events.get(1).lines())
        .extracting(Line::sku)
        .containsExactly("Hot chocolate", "Jam");
  }

  @Test
  void orderLinesOfAnySourceAreOrders() throws IOException {
    file(
        "order-lines",
        """
        order,time,customer,product
        o1,2024-01-01T00:00:00Z,c1,tea
        o1,2024-01-01T00:00:00Z,c1,jam
        """);

    assertThat(imports.events).extracting(Event::customer).containsOnly("c1");
    assertThat(imports.events.get(1).lines()).extracting(Line::sku).containsExactly("tea", "jam");
  }

  @Test
  void olistHasOneRowForAnOrderAndAColumnForEachThingThatHappensToIt() throws IOException {
    file(
        "olist-orders",
        """
        "order_id","customer_id","order_status","order_purchase_timestamp","order_approved_at","order_delivered_carrier_date","order_delivered_customer_date","order_estimated_delivery_date"
        "o1","c1","delivered","2017-10-02 10:56:33","2017-10-02 11:07:15","2017-10-04 19:55:00","2017-10-10 21:25:13","2017-10-18 00:00:00"
        "o2","c2","canceled","2017-11-02 10:56:33",,,,"2017-11-18 00:00:00"
        """);

    assertThat(imports.events)
        .extracting(Event::type)
        .containsExactly(
            "order_placed",
            "order_paid",
            "order_shipped",
            "order_delivered",
            "order_placed",
            "order_cancelled");
  }

  @Test
  void completeJourneyHasTotalsOfLinesAndIsNotSorted() throws IOException {
    Summary summary =
        file(
            "complete-journey",
            """
            "household_id","basket_id","product_id","quantity","sales_value","transaction_timestamp"
            "1","b2","940996",3,10,"2017-03-01T03:31:57Z"
            "1","b1","940996",1,3.86,"2017-01-28T19:06:53Z"
            "1","b2","1",0,0,"2017-03-01T03:31:57Z"
            """);

    assertThat(imports.events.get(2).lines()).containsExactly(new Line("940996", 3, 333));
    assertThat(imports.events.get(2).value()).isEqualTo(new Money(1000, "USD"));
    assertThat(summary.leftOut()).hasSize(1);
  }

  private Summary format(String name, String csv) throws IOException {
    return imports.run(MappingReader.format(name), csv.getBytes(StandardCharsets.UTF_8));
  }

  private Summary file(String name, String csv) throws IOException {
    Path mapping = Path.of("deploy", "mappings", name + ".yaml");
    return imports.run(MappingReader.read(mapping), csv.getBytes(StandardCharsets.UTF_8));
  }
}
