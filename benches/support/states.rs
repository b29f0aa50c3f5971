//! Two states of one list: rows of 14 columns and about 480 bytes, each an item of its own, of which every twentieth says otherwise
//! in the second state.

const HEADERS: [&str; 14] = [
    "事项名称",
    "基本编码",
    "事项类型",
    "设定依据",
    "服务对象",
    "受理条件",
    "申请材料",
    "办理流程",
    "法定办结时限",
    "承诺办结时限",
    "是否收费",
    "办理结果",
    "实施主体",
    "咨询电话",
];
const MATERIALS: [&str; 7] = [
    "申请书",
    "身份证",
    "营业执照",
    "论证报告",
    "承诺书",
    "平面图",
    "审查意见",
];

/// How many rows differ in the second state.
pub(crate) fn changed(rows: u32) -> u32 {
    rows.div_ceil(20)
}

/// One state of the list as CSV.
pub(crate) fn state(rows: u32, second: bool) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADERS).unwrap_or_default();
    for row in 0..rows {
        let changed = second && row % 20 == 0;
        let papers = 2 + row as usize % 5 + usize::from(changed && row % 40 == 0);
        let days = 20 + row % 10 + u32::from(changed && row % 40 == 20);
        let record = [
            format!("事项{row:06}许可（情形{}）", row % 7),
            format!("0001{row:08}"),
            "行政许可".to_owned(),
            format!("《取水许可和水资源费征收管理条例》第{}条", 1 + row % 40),
            "自然人；企业法人".to_owned(),
            format!(
                "1.申请人具备第{}类资格；\n2.符合规划要求；3.有相应的场所和设施，面积不少于{}平方米；4.编号为{row}的场地由申请人自己使用。",
                row % 9,
                row % 3_000,
            ),
            MATERIALS[..papers].join("；"),
            "受理→审查→决定→送达".to_owned(),
            format!("{days}个工作日"),
            format!("{}个工作日", 5 + row % 5),
            "不收费".to_owned(),
            format!("许可证{row}"),
            format!("第{}区政务服务局", row % 200),
            format!("020-8{:04}{:03}", row / 80, row % 80),
        ];
        writer.write_record(&record).unwrap_or_default();
    }
    writer.into_inner().unwrap_or_default()
}
