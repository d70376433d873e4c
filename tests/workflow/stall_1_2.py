"""How stalls that were applied for under the first version go on under the second."""

from workflow.words.migration import Migration, converted, given_up, keeps_running, left_out, starts_anew

stalls = Migration(
    "stall", "1", "2",
    states={"applied": "received", "granted": "licensed"},
    clocks={
        "looking": starts_anew("visiting"),
        "deciding": converted("deciding"),
        "appealing": converted("appealing"),
        "fee": given_up("2026年办法不再收费"),
        "permit": keeps_running("licence"),
    },
    lines={"place": "site", "shelf": left_out},
    roles={"clerk": "officer"},
    acts={"look": "visit", "collect": left_out},
)  # fmt: skip
