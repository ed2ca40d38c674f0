"""What the demo city's directory and types of requests say in Spanish and Vietnamese.

Our own translations: a city has its translators check what its papers say.
"""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "Permit for building, fence or driveway": (
        "Permiso para construir, cerca o entrada de autos",
        "Giấy phép xây dựng, hàng rào hoặc lối xe vào",
    ),
    "Assumed name (DBA) for a business": (
        "Nombre comercial (DBA) de un negocio",
        "Tên kinh doanh (DBA)",
    ),
    "Value of a property, exemptions, protest": (
        "Valor de una propiedad, exenciones, protesta",
        "Định giá nhà đất, miễn giảm, khiếu nại",
    ),
    "Paying the property tax, vehicle title": (
        "Pago del impuesto a la propiedad, título del vehículo",
        "Đóng thuế nhà đất, giấy chủ quyền xe",
    ),
    "Driveway or sign at a state road": (
        "Entrada o letrero en una carretera estatal",
        "Lối vào hoặc bảng hiệu ở đường tiểu bang",
    ),
    "License to sell alcohol": (
        "Licencia para vender alcohol",
        "Giấy phép bán rượu",
    ),
    "Street light out, power out, line down": (
        "Luz de la calle apagada, sin electricidad, cable caído",
        "Đèn đường hỏng, mất điện, dây điện rơi",
    ),
    "Choosing or changing the electric company": (
        "Elegir o cambiar la compañía de electricidad",
        "Chọn hoặc đổi công ty điện",
    ),
    "Help with rent, food or bills": (
        "Ayuda con renta, comida o facturas",
        "Giúp tiền thuê nhà, thực phẩm hoặc hóa đơn",
    ),
    "Permit for food, restaurant inspection": (
        "Permiso de alimentos, inspección de restaurantes",
        "Giấy phép thực phẩm, thanh tra nhà hàng",
    ),
    "Bring the deed with subdivision, lot and block. The county has permits and fees of its own.": (
        "Traiga la escritura con fraccionamiento, lote y manzana. El condado tiene sus propios permisos y tarifas.",
        "Mang giấy chủ quyền có phân khu, lô và khối. Quận có giấy phép và lệ phí riêng.",
    ),
    "Inside the city limits the permit is ours: this counter, or 311 for questions from home.": (
        "Dentro de los límites de la ciudad el permiso es nuestro: esta ventanilla, o el 311 desde su casa.",
        "Trong ranh giới thành phố, giấy phép do chúng tôi cấp: quầy này, hoặc gọi 311 từ nhà.",
    ),
    "Bring an identity card. The form is signed before the clerk or a notary.": (
        "Traiga una identificación. El formulario se firma ante el secretario o un notario.",
        "Mang thẻ căn cước. Đơn được ký trước mặt thư ký hoặc công chứng viên.",
    ),
    "Bring the notice of appraised value or the account number of the property.": (
        "Traiga el aviso de valor o el número de cuenta de la propiedad.",
        "Mang giấy báo định giá hoặc số tài khoản nhà đất.",
    ),
    "Bring the statement, or the title and the insurance of the vehicle.": (
        "Traiga el estado de cuenta, o el título y el seguro del vehículo.",
        "Mang giấy báo thuế, hoặc giấy chủ quyền và bảo hiểm xe.",
    ),
    "Ask whether the road is the state’s: all FM roads and most feeders are.": (
        "Pregunte si la carretera es estatal: todas las FM y casi todas las laterales lo son.",
        "Hỏi xem đường có thuộc tiểu bang không: mọi đường FM và hầu hết đường nhánh đều thuộc.",
    ),
    "The city certifies the location first: bring the certificate of this counter.": (
        "La ciudad certifica primero el lugar: traiga el certificado de esta ventanilla.",
        "Thành phố chứng nhận địa điểm trước: mang giấy chứng nhận của quầy này.",
    ),
    "Have the number on the pole. A line on the ground: stay away, and call 911 first.": (
        "Tenga el número del poste. Si hay un cable en el suelo: aléjese y llame primero al 911.",
        "Ghi số trên cột. Dây điện trên đất: tránh xa và gọi 911 trước.",
    ),
    "Have the ESI ID from an old bill. The wires company stays the same.": (
        "Tenga el ESI ID de una factura anterior. La compañía de cables sigue siendo la misma.",
        "Lấy số ESI ID từ hóa đơn cũ. Công ty đường dây vẫn như cũ.",
    ),
    "They ask for the ZIP code and speak many languages.": (
        "Piden el código postal y hablan muchos idiomas.",
        "Họ hỏi mã bưu điện và nói nhiều thứ tiếng.",
    ),
    "Bring the floor plan and the menu.": (
        "Traiga el plano y el menú.",
        "Mang sơ đồ mặt bằng và thực đơn.",
    ),
    "Outside the city limits the county inspects.": (
        "Fuera de los límites de la ciudad inspecciona el condado.",
        "Ngoài ranh giới thành phố, quận thanh tra.",
    ),
    "Water leak in the street": (
        "Fuga de agua en la calle",
        "Rò rỉ nước trên đường",
    ),
    "No water or low pressure": (
        "Sin agua o poca presión",
        "Không có nước hoặc nước yếu",
    ),
    "Sewer stoppage": (
        "Drenaje tapado",
        "Cống bị nghẹt",
    ),
    "High water bill": (
        "Factura de agua alta",
        "Hóa đơn nước cao",
    ),
    "Read the meter again": (
        "Leer otra vez el medidor",
        "Đọc lại đồng hồ nước",
    ),
    "Payment is not on the account": (
        "El pago no aparece en la cuenta",
        "Tiền trả chưa vào tài khoản",
    ),
    "Missed garbage or recycling": (
        "No recogieron la basura o el reciclaje",
        "Chưa lấy rác hoặc đồ tái chế",
    ),
    "Pothole": (
        "Bache",
        "Ổ gà",
    ),
    "Where does my permit stand?": (
        "¿Cómo va mi permiso?",
        "Giấy phép của tôi đến đâu rồi?",
    ),
    "Service was not released": (
        "No autorizaron el servicio",
        "Dịch vụ chưa được cấp",
    ),
    "Refund of a fee": (
        "Reembolso de una tarifa",
        "Hoàn lại lệ phí",
    ),
    "A question about a fee or a rule": (
        "Pregunta sobre una tarifa o una regla",
        "Câu hỏi về lệ phí hoặc quy định",
    ),
}
"""Spanish and Vietnamese, by what stands in English."""


def in_tongues(text: str) -> str:
    """Return a text with its translations behind it, as a supervisor keys them (``domain.tongues``)."""
    spanish, vietnamese = SAID.get(text, ("", ""))
    return f"{text} | es: {spanish} | vi: {vietnamese}" if spanish else text
