package io.lifestage.operator;

import io.lifestage.offer.CoPurchases;
import io.lifestage.offer.MinutePopularity;
import io.lifestage.offer.Part;
import io.lifestage.offer.Sale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** How Flink ships and stores what offers are made of. */
public final class OfferTypes {
  /** What is sold, for how popular products are. */
  public static final OutputTag<Sale> SALES =
      new OutputTag<>("sales", new CodecTypeInfo<>(Sale.class, new SaleCodec()));

  /** What each product has to know, or to answer. */
  public static final OutputTag<Part> PARTS =
      new OutputTag<>("parts", new CodecTypeInfo<>(Part.class, new PartCodec()));

  /** What is to be completed with offers, and what products answer. */
  public static final TypeInformation<OfferMessage> MESSAGE =
      new CodecTypeInfo<>(OfferMessage.class, new OfferMessageCodec());

  /** Decisions that wait for offers. */
  public static final OutputTag<OfferMessage> PROVISIONAL = new OutputTag<>("provisional", MESSAGE);

  static final TypeInformation<OpenOffers> OPEN =
      new CodecTypeInfo<>(OpenOffers.class, new OpenOffersCodec());

  static final TypeInformation<CoPurchases> CO_PURCHASES =
      new CodecTypeInfo<>(CoPurchases.class, new CoPurchasesCodec());

  static final TypeInformation<PartsAhead> AHEAD =
      new CodecTypeInfo<>(PartsAhead.class, new PartsAheadCodec());

  static final TypeInformation<MinutePopularity> POPULARITY =
      new CodecTypeInfo<>(MinutePopularity.class, new MinutePopularityCodec());

  private OfferTypes() {}
}
